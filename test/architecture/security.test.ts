import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import desktopBuild from '../../electron.vite.config.ts'
import { projectFiles, projectText, syntaxTree } from '#test/support/project-sources.ts'

/* Rules of docs/security.md that the sources themselves can answer. */
const sources = projectFiles('src', /\.(tsx?|html|css)$/)
const code = sources.filter((file) => /\.tsx?$/.test(file))

const identifiers = new Map(code.map((file) => [file, identifiersIn(file, projectText(file))]))

/** Every place in the sources where a name is used, comments and texts not counted. */
function usesOf(name: string): string[] {
  return code.flatMap((file) => (identifiers.get(file) ?? []).filter((found) => found === name).map(() => file))
}

function identifiersIn(file: string, source: string): string[] {
  const found: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node.text)
    ts.forEachChild(node, look)
  }
  look(syntaxTree(file, source))
  return found
}

/** Names that a file imports from a module when it runs; types not counted. */
function importsFrom(module: string): string[] {
  return code.filter((file) =>
    syntaxTree(file, projectText(file)).statements.some(
      (statement) =>
        ts.isImportDeclaration(statement) &&
        (statement.moduleSpecifier as ts.StringLiteral).text === module &&
        statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword,
    ),
  )
}

test('the scans see the whole app', () => {
  expect(code.length).toBeGreaterThan(150)
  expect(usesOf('createService').length).toBeGreaterThan(1)
})

describe('Electron', () => {
  test('is imported where the app starts and in the preload script; everything between gets its slice handed in', () => {
    expect(importsFrom('electron')).toEqual(['src/main/index.ts', 'src/preload/index.ts'])
    expect(importsFrom('electron-store')).toEqual(['src/main/desktop/settings-file.ts'])
  })

  test('hands nothing to the page but a port', () => {
    expect([...usesOf('contextBridge'), ...usesOf('exposeInMainWorld')]).toEqual([])
  })

  test('listens to no page: the one use of ipcMain takes a listener away', () => {
    const uses = code.filter((file) => /ipcMain\s*\.\s*(?!removeAllListeners\b)\w+/.test(projectText(file)))
    expect(uses).toEqual([])
    for (const name of ['handleOnce', 'sendSync', 'invoke']) expect(usesOf(name)).toEqual([])
  })

  test('builds its preload script as CommonJS, which a sandboxed page needs', () => {
    expect(desktopBuild.preload?.build).toMatchObject({
      externalizeDeps: false,
      rolldownOptions: { output: { format: 'cjs' } },
    })
  })

  test('never runs script from text in a page, and injects none', () => {
    for (const name of ['executeJavaScript', 'insertCSS', 'executeJavaScriptInIsolatedWorld']) {
      expect(usesOf(name)).toEqual([])
    }
  })
})

test('one place hands an address to the operating system', () => {
  const calls = code.flatMap(
    (file) =>
      projectText(file)
        .match(/shell\.openExternal\(/g)
        ?.map(() => file) ?? [],
  )
  expect(calls).toEqual(['src/main/desktop/open-external.ts'])
  expect([...usesOf('openPath'), ...usesOf('showItemInFolder')]).toEqual([])
})

test('no option that weakens a page is named anywhere', () => {
  for (const name of [
    'webSecurity',
    'enableBlinkFeatures',
    'nodeIntegrationInSubframes',
    'bypassCSP',
    'setUsePlainTextEncryption',
  ]) {
    expect([name, ...usesOf(name)]).toEqual([name])
  }
  const off =
    /\b(sandbox|contextIsolation)\s*:\s*false|\b(nodeIntegration\w*|webviewTag|experimentalFeatures|allowRunningInsecureContent)\s*:\s*true/
  expect(code.filter((file) => off.test(projectText(file)))).toEqual([])
  expect(code.filter((file) => /appendSwitch\(|no-sandbox|disable-web-security/.test(projectText(file)))).toEqual([])
})

test('no page is loaded from a file; from the network comes a company’s own sign-in, in its own window', () => {
  expect(usesOf('loadFile')).toEqual([])
  const loads = code.filter((file) => /\.loadURL\(/.test(projectText(file)))
  expect(loads).toEqual(['src/main/desktop/sign-in-window.ts', 'src/main/desktop/window.ts'])
})

describe('the sign-in in a company’s own window', () => {
  test('is never read: no cookie is named', () => {
    expect(usesOf('cookies')).toEqual([])
    expect(code.filter((file) => /['"`]cookies['"`]/.test(projectText(file)))).toEqual([])
  })

  test('has a session that is asked for in one place, and so do its pages their leave to go elsewhere', () => {
    expect(usesOf('fromPartition')).toEqual(['src/main/desktop/security/sign-in-session.ts'])
    expect(usesOf('fromPath')).toEqual([])
    expect(new Set(usesOf('mayVisitForSignIn'))).toEqual(
      new Set(['src/main/desktop/security/navigation.ts', 'src/main/desktop/security/sign-in-navigation.ts']),
    )
  })
})

test('certificates are always checked', () => {
  for (const name of ['rejectUnauthorized', 'setCertificateVerifyProc']) expect(usesOf(name)).toEqual([])
  expect(
    code.filter((file) => /certificate-error|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate/.test(projectText(file))),
  ).toEqual([])
})

test('no text becomes code', () => {
  expect([...usesOf('eval'), ...usesOf('dangerouslySetInnerHTML'), ...usesOf('outerHTML')]).toEqual([])
  expect(code.filter((file) => /new Function\(|document\.write/.test(projectText(file)))).toEqual([])
})

test('the window’s page carries no inline script, no inline style and no address of another host', () => {
  const html = projectText('src/renderer/index.html')
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|\sstyle=|<style/)
  expect(html).not.toMatch(/https?:\/\//)
})
