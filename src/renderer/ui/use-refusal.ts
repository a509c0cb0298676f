import { Toast } from '@base-ui/react/toast'
import { errorWords } from './error-words.ts'

/** Tells that something was not done, and why. */
export function useRefusal(): (title: string, error: Error) => void {
  const { add } = Toast.useToastManager()
  return (title, error) => void add({ title, description: errorWords(error) })
}
