answer["ready"] = True
