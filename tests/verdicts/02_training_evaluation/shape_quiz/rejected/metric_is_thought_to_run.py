# feedback: a metric looks at the shapes
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'stops',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'stops',
        'nn.MSELoss()(outputs, labels)': 'runs',
        'nn.L1Loss()(outputs, labels)': 'runs',
        'BinaryAccuracy()(outputs, labels)': 'runs',
        '(outputs > 0.5) == labels': 'runs',
    }
