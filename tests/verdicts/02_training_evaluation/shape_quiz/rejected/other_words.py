# feedback: none of the words asked for
def shape_quiz():
    return {
        'nn.BCELoss()(outputs, labels)': 'error',
        'nn.BCEWithLogitsLoss()(outputs, labels)': 'error',
        'nn.MSELoss()(outputs, labels)': 'ok',
        'nn.L1Loss()(outputs, labels)': 'ok',
        'BinaryAccuracy()(outputs, labels)': 'error',
        '(outputs > 0.5) == labels': 'ok',
    }
