"""A short text to try the first page with, in the form that people really paste."""

EXAMPLE = """\
# Intérêt
Ils connaissent le quartier mieux que nous **
Eux connaissent le quartier mieux que nous
Sans eux on décide à côté
# Essai à transformer
Le café du mardi au pied de la tour ***
un café le mardi au pied de la tour !
Faire le tour du quartier à pied avec eux
# Pièges à éviter
Les réunions en semaine à 14 h **
des réunions à 14 h en semaine
Ne pas promettre ce qu'on ne tiendra pas
# Invention à tester
Une boîte à idées à la boulangerie
"""
