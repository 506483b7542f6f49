"""What one of us was not asked to hear at once, told together: across all tickets. Source: D8."""
