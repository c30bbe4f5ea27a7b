"""From verdicts to effects: the plan, the gate through which every write goes, and the carrying out.

planning    dossiers and a policy into a plan; writes nothing
plan_file   a plan on disk, and back, with its digest
flips       what would change what is decided, of all that can hold it
gate        the one place that writes to an instance
carry_out   one decision: probe, do, read back, in the order that never leaves a rejection without a comment
apply       a whole plan
"""
