"""The scenes of the demo edition: functions that return SVG, one per picture key."""
