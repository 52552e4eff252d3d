def hit_rate(probabilities, labels):
    return BinaryAccuracy()(probabilities.flatten(), labels.flatten().long())
