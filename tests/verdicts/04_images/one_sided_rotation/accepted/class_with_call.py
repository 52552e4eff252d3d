class turn_left:
    def __init__(self, max_degrees):
        self.max_degrees = max_degrees

    def __call__(self, image):
        angle = np.random.uniform(0, self.max_degrees)
        return TF.rotate(image, angle, interpolation=v2.InterpolationMode.BILINEAR, fill=0.5)
