def turn_left(max_degrees):
    def turn(image):
        return TF.rotate(image, float(torch.rand(()) * max_degrees))

    return turn
