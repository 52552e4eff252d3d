# feedback: compares the shapes before it computes
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'runs',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'stops',
        'nn.MSELoss()(outputs, labels)': 'runs',
        'nn.L1Loss()(outputs, labels)': 'runs',
        'BinaryAccuracy()(outputs, labels)': 'stops',
        '(outputs > 0.5) == labels': 'runs',
    }
