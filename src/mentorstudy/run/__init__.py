"""One notebook, one cohort, parameters checked: staged, proven complete, published in one step.

A run folder exists only when it is complete, an earlier one is replaced at once or not at all, and whatever
ends a run (a fault, a signal, a full disk, a dead kernel) leaves the earlier report as it was.
"""
