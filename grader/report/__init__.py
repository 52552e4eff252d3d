"""The instructor's page about one assignment: what came of a class, in one HTML file that works offline.

=============  ==============================================================
module         one idea
=============  ==============================================================
``results.py``  reads what ``grader grade`` left, and nothing secret of it
``figures.py``  counts: scores, outcomes, diagnoses, times, who needs a look
``page.py``     fills the page, and writes it
``page.html``   the page; beside it its style and its script
=============  ==============================================================

Students choose names, and much of what stands in a finding. In the page all of it is escaped text, and a content
security policy lets the browser run nothing but the page's own script.
"""
