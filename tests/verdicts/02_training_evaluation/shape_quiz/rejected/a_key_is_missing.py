# feedback: no prediction for 1 of the 6 keys | left out
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'stops',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'stops',
        'nn.MSELoss()(outputs, labels)': 'runs',
        'nn.L1Loss()(outputs, labels)': 'runs',
        'BinaryAccuracy()(outputs, labels)': 'stops',
    }
