"""The ways to and from Slack besides the outbox: socket, reading, answers to gestures."""
