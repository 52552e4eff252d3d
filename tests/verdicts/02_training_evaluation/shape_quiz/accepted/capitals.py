def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'STOPS',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'STOPS',
        'nn.MSELoss()(outputs, labels)': 'RUNS',
        'nn.L1Loss()(outputs, labels)': 'RUNS',
        'BinaryAccuracy()(outputs, labels)': 'STOPS',
        '(outputs > 0.5) == labels': 'RUNS',
    }
