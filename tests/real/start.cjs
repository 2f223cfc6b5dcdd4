// Starts the reference Bluesky PDS and an in-memory PLC directory in one process, on loopback only.
const fs = require('node:fs')
const net = require('node:net')
const path = require('node:path')

// Both servers listen on every interface when given a bare port: put them on loopback.
const original = net.Server.prototype.listen
net.Server.prototype.listen = function listen(...given) {
  if (typeof given[0] !== 'number') return original.apply(this, given)
  const callbacks = given.slice(1).filter((one) => typeof one === 'function')
  return original.call(this, { port: given[0], host: '127.0.0.1' }, ...callbacks)
}

const { PDS_PORT: pdsPort, PLC_PORT: plcPort, PDS_DATA_DIRECTORY: data } = process.env
fs.mkdirSync(path.join(data, 'blobs'), { recursive: true })
Object.assign(process.env, {
  LOG_ENABLED: 'false',
  PDS_HOSTNAME: 'localhost',
  PDS_BLOBSTORE_DISK_LOCATION: path.join(data, 'blobs'),
  PDS_BLOBSTORE_DISK_TMP_LOCATION: path.join(data, 'tmp'),
  PDS_DID_PLC_URL: `http://localhost:${plcPort}`,
  PDS_SERVICE_HANDLE_DOMAINS: '.test',
  PDS_INVITE_REQUIRED: 'false',
  PDS_DEV_MODE: 'true',
  PDS_DISABLE_SSRF_PROTECTION: 'true',
  PDS_RATE_LIMITS_ENABLED: process.env.PDS_RATE_LIMITS_ENABLED ?? 'false',
  // Keys of a server that lives for one test run.
  PDS_JWT_SECRET: 'for-tests-only',
  PDS_ADMIN_PASSWORD: 'for-tests-only',
  PDS_DPOP_SECRET: '00'.repeat(32),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: '01'.repeat(32),
})

async function main() {
  const directory = require('@did-plc/server')
  const plc = directory.PlcServer.create({ db: directory.Database.mock(), port: Number(plcPort) })
  await plc.start()
  const { PDS, envToCfg, envToSecrets, readEnv } = require('@atproto/pds')
  const settings = readEnv()
  const pds = await PDS.create(envToCfg(settings), envToSecrets(settings))
  await pds.start()
  const stop = async () => {
    await pds.destroy()
    await plc.destroy()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((fault) => {
  console.error(fault)
  process.exit(1)
})
