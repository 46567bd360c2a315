"""Where things stand on a paper: from a sheet to labels, values, choices and long texts."""
