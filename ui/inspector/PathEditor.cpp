#include "inspector/PathEditor.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace sluice {

PathEditor::PathEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : LineEditor(spec, parent), m_context(context), m_browse(new QPushButton(tr("Browse…")))
{
    m_browse->setAccessibleName(tr("Browse for %1").arg(QString::fromStdString(spec.key)));
    m_browse->setObjectName(QStringLiteral("compact"));
    row()->addWidget(m_browse);
    connect(m_browse, &QPushButton::clicked, this, &PathEditor::browse);
    if (spec.optional && !spec.defaultValue.isNull())
        offer(tr("None"), QJsonValue());
    display();
}

QJsonValue PathEditor::parse(const QString &text) const { return text; }

QString PathEditor::print(const QJsonValue &value) const { return value.toVariant().toString(); }

void PathEditor::choose(const QString &path)
{
    edit(asWritten(path, m_context));
    display();
    Q_EMIT finished();
}

QString PathEditor::asWritten(const QString &path, const FormContext &context)
{
    const QString chosen = QDir::fromNativeSeparators(path);
    const QString folder = context.folder ? context.folder() : QString();
    if (folder.isEmpty())
        return chosen;
    const QString relative = QDir(folder).relativeFilePath(chosen);
    const bool isInside = !relative.startsWith(QStringLiteral("../")) && relative != QStringLiteral("..") && QDir::isRelativePath(relative);
    return isInside ? relative : chosen;
}

void PathEditor::browse()
{
    const QString folder = m_context.folder ? m_context.folder() : QString();
    const QString now = value().toString();
    const QString begin = now.isEmpty() ? folder : QDir(folder).absoluteFilePath(now);
    auto *dialog = new QFileDialog(this, QString::fromStdString(spec().help), begin);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (spec().hint == ParamSpec::Hint::Folder) {
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
    } else if (spec().hint == ParamSpec::Hint::NewFile) {
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        // It is appended to, or the form says what else becomes of it.
        dialog->setOption(QFileDialog::DontConfirmOverwrite);
        dialog->setLabelText(QFileDialog::Accept, tr("Choose"));
    } else {
        dialog->setFileMode(QFileDialog::ExistingFile);
    }
    connect(dialog, &QFileDialog::fileSelected, this, &PathEditor::choose);
    dialog->open();
}

} // namespace sluice
