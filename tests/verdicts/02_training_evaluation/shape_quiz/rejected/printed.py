# feedback: gave None | return
def shape_quiz():
    print({'nn.BCELoss()(outputs, labels)': 'stops', 'nn.BCEWithLogitsLoss()(outputs, labels)': 'stops', 'nn.MSELoss()(outputs, labels)': 'runs', 'nn.L1Loss()(outputs, labels)': 'runs', 'BinaryAccuracy()(outputs, labels)': 'stops', '(outputs > 0.5) == labels': 'runs'})
