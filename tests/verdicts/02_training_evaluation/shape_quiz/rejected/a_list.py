# feedback: should be a dict
def shape_quiz():
    return ['stops', 'stops', 'runs', 'runs', 'stops', 'runs']
