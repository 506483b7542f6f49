"""Histories: random people, presses, replies, clocks, refusals and deaths, through the doors only.

What is played here knows nothing of the inside: it types, presses and fills in what was shown,
steps the clock, and lets calls fail. It is judged by the journal, the outbox, and what was
delivered to whom. ``python -m tests.histories SEED`` plays one and prints it.
"""
