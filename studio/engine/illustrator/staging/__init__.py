from studio.engine.illustrator.staging.old import COMPOSE, FLOATERS, FLYERS, HEIGHT, cast, composer, third
