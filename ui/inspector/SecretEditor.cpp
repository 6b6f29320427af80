#include "inspector/SecretEditor.h"

#include "base/Secret.h"
#include "look/Appearance.h"
#include "look/ChoiceBox.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace sluice {

namespace {

constexpr QLatin1String environmentPrefix("${env:");
constexpr QLatin1String filePrefix("${file:");
constexpr QLatin1String keyStorePrefix("${keychain:");

bool isReference(const QString &text) { return Secret{text.toStdString()}.isReference(); }

/// NAME of ${env:NAME}.
QString insideOf(const QString &text, QLatin1String prefix) { return text.mid(prefix.size(), text.size() - prefix.size() - 1); }

} // namespace

SecretEditor::SecretEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent)
    : ParamEditor(spec, parent), m_context(context), m_place(new ChoiceBox), m_line(new QLineEdit), m_browse(new QPushButton(tr("Browse…"))), m_note(new QLabel)
{
    m_place->addItems({tr("Typed here"), tr("In a variable"), tr("In a file"), tr("In the key store")});
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    adopt(m_place, tr("where it is kept"));
    adopt(m_line);
    m_line->setMinimumWidth(60);
    m_line->setMaxLength(64 * 1024);
    m_browse->setObjectName(QStringLiteral("compact"));
    m_browse->setAccessibleName(tr("Browse for the file of %1").arg(QString::fromStdString(spec.key)));
    m_note->setObjectName(QStringLiteral("secondary"));
    m_note->setFont(Appearance::smallFont());
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    setFocusProxy(m_line);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(4);
    layout->addWidget(m_place, 0, 0);
    layout->addWidget(m_line, 0, 1);
    layout->addWidget(m_browse, 0, 2);
    layout->addWidget(m_note, 1, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    connect(m_place, &QComboBox::activated, this, [this](int place) {
        m_line->clear();
        edit(QJsonValue(QJsonValue::Undefined));
        showPlace(static_cast<Place>(place));
        m_line->setFocus();
    });
    connect(m_line, &QLineEdit::textEdited, this, &SecretEditor::lineEdited);
    connect(m_browse, &QPushButton::clicked, this, &SecretEditor::browse);
    showPlace(Typed);
    display();
}

QWidget *SecretEditor::field() const { return m_line; }

void SecretEditor::showPlace(Place place)
{
    m_place->setCurrentIndex(place);
    m_browse->setVisible(place == File);
    m_line->setEchoMode(place == Typed ? QLineEdit::Password : QLineEdit::Normal);
    update();
}

void SecretEditor::update()
{
    const int place = m_place->currentIndex();
    const bool isKept = place == Typed && !value().toString().isEmpty() && !isReference(value().toString());
    if (isMixed())
        m_line->setPlaceholderText(tr("different"));
    else if (place == Typed)
        m_line->setPlaceholderText(isKept ? tr("kept, not shown") : tr("not set"));
    else
        m_line->setPlaceholderText(place == File ? tr("path") : tr("NAME"));
    if (place == Typed)
        m_note->setText(tr("Never in a project: saving one puts it into the system's key store. Where there is none, it is gone when the program ends."));
    else if (place == Environment)
        m_note->setText(tr("The project says the variable's name. It is read when the chain starts."));
    else if (place == File)
        m_note->setText(tr("The project says the file's path. It is read when the chain starts."));
    else
        m_note->setText(tr("The project says its name in the system's key store. It is read when the chain starts."));
}

void SecretEditor::lineEdited(const QString &text)
{
    if (text.isEmpty()) {
        edit(QJsonValue(QJsonValue::Undefined));
    } else {
        switch (static_cast<Place>(m_place->currentIndex())) {
        case Typed: edit(text); break;
        case Environment: edit(environmentPrefix + text + QLatin1Char('}')); break;
        case File: edit(filePrefix + text + QLatin1Char('}')); break;
        case KeyStore: edit(keyStorePrefix + text + QLatin1Char('}')); break;
        }
    }
    update();
}

void SecretEditor::browse()
{
    auto *dialog = new QFileDialog(this, tr("File that holds the secret"), m_context.folder ? m_context.folder() : QString());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        edit(filePrefix + path + QLatin1Char('}'));
        display();
        Q_EMIT finished();
    });
    dialog->open();
}

void SecretEditor::display()
{
    const QString text = isMixed() ? QString() : value().toString();
    const bool isEnvironment = isReference(text) && text.startsWith(environmentPrefix);
    const bool isFile = isReference(text) && text.startsWith(filePrefix);
    const bool isKeyStore = isReference(text) && text.startsWith(keyStorePrefix);
    const QString shown = isEnvironment ? insideOf(text, environmentPrefix) : isFile ? insideOf(text, filePrefix) : isKeyStore ? insideOf(text, keyStorePrefix) : QString();
    if (m_line->text() != shown)
        m_line->setText(shown);
    // An empty field stays where the reader has put it.
    if (isEnvironment || isFile || isKeyStore)
        showPlace(isEnvironment ? Environment : isFile ? File : KeyStore);
    else if (!text.isEmpty())
        showPlace(Typed);
    else
        update();
}

} // namespace sluice
