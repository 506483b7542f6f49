"""The card of a ticket in its team's channel, and what is written below it. Source: M26."""
