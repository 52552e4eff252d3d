# feedback: predictions are wrong
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'stops',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'stops',
        'nn.MSELoss()(outputs, labels)': 'stops',
        'nn.L1Loss()(outputs, labels)': 'stops',
        'BinaryAccuracy()(outputs, labels)': 'stops',
        '(outputs > 0.5) == labels': 'stops',
    }
