"""The server: Slack's address with its guard, health, readiness, metrics, and the drill's clock."""
