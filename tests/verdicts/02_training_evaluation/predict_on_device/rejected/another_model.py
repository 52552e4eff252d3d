# feedback: wrong values | another quantity
def predict_on_device(model, x):
    own = nn.Sequential(nn.Linear(x.shape[1], 4), nn.Tanh(), nn.Linear(4, 2))
    return own(x)
