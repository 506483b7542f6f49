"""What all gestures need: values, payloads, the way of a gesture, replies, the port."""
