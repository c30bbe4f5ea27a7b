"""The audit of rejections without a full case comment, whoever rejected. Nothing is here yet but the room."""
