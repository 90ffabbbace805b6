"""What an audience was before: its versions, two of them compared, one restored."""
