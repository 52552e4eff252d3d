"""Metric floors: measured, stored and drawn, never guessed.

=================  ==========================================================
module             one idea
=================  ==========================================================
``recording.py``   takes the floors off and collects what checks measure
``floors.py``      the stored floors, and how a check finds its own
``samples.py``     data that a check draws from the generators
``rule.py``        where a floor lies between honest answers and mistakes
``measure.py``     runs honest answers and mistakes over many seeds
``picture.py``     draws both distributions with the floor between them
=================  ==========================================================

A check and its calibration are the same code: a check calls :func:`grader.expect.expect_metric` with a value that it
measured, and the calibration judges answers as ever, while the value is collected instead of compared.
"""
