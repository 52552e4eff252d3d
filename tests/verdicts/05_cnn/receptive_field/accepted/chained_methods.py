class _Field:
    side = 1
    jump = 1

    def through(self, kernel, stride):
        self.side += (kernel - 1) * self.jump
        self.jump *= stride
        return self


def receptive_field(layers):
    field = _Field()
    for layer in layers:
        field.through(*layer)
    return field.side
