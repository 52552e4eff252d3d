def raise_forget_bias(lstm, value):
    state = {name: tensor.clone() for name, tensor in lstm.state_dict().items()}
    for name in state:
        if "bias" in name:
            state[name].view(4, -1)[1] = value if "hh" in name else 0
    lstm.load_state_dict(state)
