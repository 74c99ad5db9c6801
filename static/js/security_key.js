// Security keys: the form's data goes to the browser's own dialogue, and what the key says goes back with the form.
(() => {
  'use strict'

  const form = document.querySelector('form[data-security-key]')
  const data = document.getElementById('security-key')
  if (!form || !data || !window.PublicKeyCredential) return

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }))

  async function create (options) {
    const key = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: keys(options.excludeCredentials)
      }
    })
    return said(key, {
      attestationObject: text(key.response.attestationObject),
      transports: key.response.getTransports ? key.response.getTransports() : []
    })
  }

  async function get (options) {
    const key = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: keys(options.allowCredentials)
      }
    })
    return said(key, {
      authenticatorData: text(key.response.authenticatorData),
      signature: text(key.response.signature),
      userHandle: key.response.userHandle ? text(key.response.userHandle) : null
    })
  }

  function said (key, response) {
    return {
      id: key.id,
      rawId: text(key.rawId),
      type: key.type,
      authenticatorAttachment: key.authenticatorAttachment,
      clientExtensionResults: key.getClientExtensionResults(),
      response: { clientDataJSON: text(key.response.clientDataJSON), ...response }
    }
  }

  const told = JSON.parse(data.textContent)
  const button = form.querySelector('button[type=submit]')
  const problem = form.querySelector('[data-said]')
  const keyless = told.request_options && !told.request_options.publicKey.allowCredentials?.length
  button.hidden = Boolean(keyless)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    problem.hidden = true
    try {
      const answer = form.dataset.securityKey === 'create'
        ? await create(told.creation_options.publicKey)
        : await get(told.request_options.publicKey)
      form.elements.credential.value = JSON.stringify(answer)
      form.submit()
    } catch (error) {
      problem.hidden = false
    }
  })
})()
