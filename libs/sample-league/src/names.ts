import { Random } from './random';

/** Invented people from everywhere: diacritics, apostrophes and suffixes, as in the real feed. */
const FIRST_NAMES = [
  'Abdou', 'Adrien', 'Ágoston', 'Aleksi', 'Amadi', 'Andrej', 'Anton', 'Ásgeir', 'Aurelio', 'Bálint', 'Barnaby', 'Bastien', 'Benoît', 'Bohdan', 'Brantley',
  'Caetano', 'Callum', 'Casimir', 'Cédric', 'Chidi', 'Cormac', 'Dagfinn', "Da'Ron", 'Dalibor', "De'Marco", 'Deshaun', 'Dominik', 'Dragoş', 'Eamon', 'Edvard',
  'Elias', 'Emeka', 'Émile', 'Enzo', 'Esteban', 'Fabrício', 'Femi', 'Filip', 'Franjo', 'Gaël', 'Garrick', 'Gonçalo', 'Gregor', 'Gustavs', 'Håkon',
  'Harlan', 'Hervé', 'Ibrahima', 'Ignacio', 'Ilija', 'Isandro', 'Jacoby', 'Jarek', 'Jérémie', 'João', 'Jorma', 'Josué', 'Kadeem', 'Karim', 'Keaton',
  'Kendrell', 'Kofi', 'Kristóf', 'Lamine', 'Lázaro', 'Leandro', 'Linus', 'Lovro', 'Lucjan', 'Maceo', 'Mamadou', 'Marek', 'Marlon', 'Matías', 'Mërgim',
  'Mihai', 'Milutin', 'Moritz', 'Nahuel', 'Ndiaga', 'Nikša', 'Obinna', 'Oisín', 'Ólafur', 'Ömer', 'Ottavio', 'Pádraig', 'Pelle', 'Quentin', 'Radoslav',
  'Ramsey', 'Raúl', 'Rémy', 'Rodrigo', 'Roope', 'Sacha', 'Salvador', 'Sékou', 'Şener', 'Simão', 'Sten', 'Tadeáš', 'Tavion', 'Terrell', 'Théo',
  'Tiago', 'Tomás', 'Tyree', 'Uros', 'Valdis', 'Vasco', 'Viggo', 'Wendell', 'Wiktor', 'Xabier', 'Yannick', 'Yusuf', 'Zacharie', 'Zdeněk', 'Žarko',
] as const;

const LAST_NAMES = [
  'Abernathy', 'Adeyinka', 'Ağaoğlu', 'Åkerlund', 'Alcântara', 'Amsbury', 'Andrássy', 'Arceneaux', 'Ástvaldsson', 'Babatope', 'Balodis', 'Barrowman', 'Bełkowski', 'Bergström', 'Birgisson',
  'Blackwood', 'Bojanić', 'Bouchardon', 'Brâncoveanu', 'Brightwell', 'Calloway', 'Castellane', 'Čelik', 'Charbonnier', 'Chukwuma', 'Cienfuegos', 'Coldwater', 'Corrigan', 'Czerwiński', "D'Almeida",
  'Dąbek', 'Delacroix', 'Diarrasouba', 'Đukanović', 'Dunwoody', 'Ebersole', 'Ekström', 'Ellingboe', 'Escudero', 'Fairweather', 'Fernandinho', 'Fitzwilliam', 'Fofana-Keita', 'Frølich', 'Galbraith',
  'Gökmen', 'Grabowski', 'Greaves-Okoye', 'Gruić', 'Gudmundsen', 'Hájek', 'Halloran', 'Hardcastle', 'Hernangómez-Ruiz', 'Holmqvist', 'Hrubý', 'Ibáñez', 'Iliescu', 'Iwuchukwu', 'Järvinen',
  'Jelavić', 'Kaczmarek', 'Kalniņš', 'Kingsolver', 'Kovářík', 'Krasniqi', 'Kruusmaa', 'Kurtuluş', 'Lamontagne', 'Larrañaga', 'Leclaire', 'Lindqvist', 'Łukaszewicz', 'Maddox-Bell', 'Makinde',
  'Mårtensson', 'Matlock', 'Mazurek', 'McAvoy', 'Mendonça', 'Mihailov', 'Montenegro', 'Mukendi', 'Müllner', 'Nakamba', 'Ndoye', 'Nikolaidis', 'Núñez', 'Nyström', "O'Hanlon",
  'Oduya', 'Okonjo', 'Ólafsson', 'Ormsby', 'Özdemiroğlu', 'Palaiologos', 'Pettersen', 'Pillsbury', 'Popescu', 'Pospíšil', 'Quarshie', 'Quintana', 'Radziwiłł', 'Rasmussen', 'Rautiainen',
  'Ravenscroft', 'Rivadeneira', 'Ruutel', 'Saint-Clair', 'Sandoval', 'Sarpong', 'Schäfer', 'Şimşek', 'Šimunić', 'Skarsgaard', 'Sousa', 'Stallworthy', 'Štěpánek', 'Stjernholm', 'Szabó',
  'Tănase', 'Thibodeaux', 'Thorvaldsen', 'Tkachuk', 'Trevelyan', 'Tuğrul', 'Ugwueze', 'Urrutia', 'Vandersloot', 'Vasilescu', 'Verhoeven', 'Vilimas', 'Vörös', 'Waddell', 'Weatherspoon',
  'Whitlock', 'Winterbourne', 'Wójtowicz', 'Yeboah', 'Yıldız', 'Yorke', 'Zábranský', 'Zaragoza', 'Zieliński', 'Žukauskas',
] as const;

const SUFFIXES = [' Jr.', ' II', ' III'] as const;

/** A full name that nobody in `taken` has; it is added there. */
export function inventName(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}${random.chance(0.05) ? random.pick(SUFFIXES) : ''}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
