#include "inspector/SecretNote.h"

#include "inspector/HelpLabel.h"

#include <QCoreApplication>

namespace sluice {

QLabel *makeSecretNote(QWidget *parent)
{
    auto *note = new HelpLabel(
        QCoreApplication::translate("SecretNote", "Typed secrets are never in a project: saving one puts them into the system's key store. Where there is "
                                                  "none, they are gone when the program ends. ${env:NAME} and ${file:PATH} are kept."),
        parent);
    note->hide();
    return note;
}

} // namespace sluice
