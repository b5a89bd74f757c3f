"""What every app's pages share: events, comments, notices, deadlines, numbers, pictures, parts."""
