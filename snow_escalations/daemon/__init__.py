"""The polling loop, its schedule, health and metrics. Nothing is here yet but the room."""
