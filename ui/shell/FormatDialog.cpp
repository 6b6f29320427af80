#include "shell/FormatDialog.h"

#include "receiver/PathPattern.h"
#include "shell/Document.h"
#include "shell/FormatChooser.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace sluice {

FormatDialog::FormatDialog(const Document *document, QWidget *parent) : QDialog(parent), m_format(new FormatChooser)
{
    setWindowTitle(tr("Format of %1").arg(document->name().left(80)));
    resize(720, 480);
    setMinimumSize(480, 320);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    QPushButton *read = buttons->addButton(tr("&Read it so"), QDialogButtonBox::AcceptRole);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_format, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_format, &FormatChooser::changed, read, [this, read] { read->setEnabled(m_format->isValid()); });
    m_format->setChoice(document->choice());
    m_format->setFile(QString::fromStdString(PathPattern::escaped(document->path().toStdString())));
}

} // namespace sluice
