# feedback: softmax is applied twice
def cross_entropy_by_hand(scores, classes):
    return nn.CrossEntropyLoss()(scores.softmax(dim=1), classes)
