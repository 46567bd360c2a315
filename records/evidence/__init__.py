"""The evidence pack of an ECT: everything that shows how an induction went, as one PDF for an appeal or an inspector."""
