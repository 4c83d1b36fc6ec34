/** Synthetic patients of whom the service says something of the same kind. */
export interface PatientGroup {
  readonly title: string;
  readonly patients: readonly SyntheticPatient[];
}

export interface SyntheticPatient {
  readonly id: string;
  readonly title: string;
}

interface StoryGroup {
  readonly title: string;
  readonly stories: readonly { readonly slug: string; readonly title: string }[];
}

/** The groups in which the workbench offers its stories, each in the order of the titles. */
export function patientGroups(groups: readonly StoryGroup[]): readonly PatientGroup[] {
  return groups.map(({ title, stories }) => ({
    title,
    patients: stories
      .map((story) => ({ id: story.slug, title: story.title }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en')),
  }));
}

/** The patients whose titles hold all of these words, in their groups; groups without one are left out. */
export function patientsWith(text: string, groups: readonly PatientGroup[]): readonly PatientGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ title }: SyntheticPatient) => words.every((word) => title.toLowerCase().includes(word));
  return groups.flatMap(({ title, patients }) => {
    const found = patients.filter(holds);
    return found.length > 0 ? [{ title, patients: found }] : [];
  });
}
