# feedback: predictions are wrong
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'runs',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'runs',
        'nn.MSELoss()(outputs, labels)': 'runs',
        'nn.L1Loss()(outputs, labels)': 'runs',
        'BinaryAccuracy()(outputs, labels)': 'runs',
        '(outputs > 0.5) == labels': 'runs',
    }
