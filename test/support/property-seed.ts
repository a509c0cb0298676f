import fc from 'fast-check'

// The same cases each time, so that a gate that fails is about the change that is tested. PROPERTY_SEED=random explores others.
const asked = process.env['PROPERTY_SEED']
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_121) })
