#include "shell/SourceDialog.h"

#include "chain/NodeRegistry.h"
#include "look/Appearance.h"
#include "look/ChoiceBox.h"
#include "receiver/PathPattern.h"
#include "shell/FormatChooser.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>

namespace sluice {

namespace {

/// A field with a button that opens a dialog for it.
QWidget *withButton(QLineEdit *field, QPushButton *button)
{
    auto *widget = new QWidget;
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(field, 1);
    row->addWidget(button);
    return widget;
}

QLabel *labelFor(const QString &words, QWidget *field)
{
    auto *label = new QLabel(words);
    label->setBuddy(field);
    label->setMinimumWidth(FormatChooser::labelWidth());
    return label;
}

} // namespace

SourceDialog::SourceDialog(Kind kind, const QString &folder, QWidget *parent)
    : QDialog(parent), m_kind(kind), m_folder(folder.isEmpty() ? QDir::homePath() : folder), m_what(new QLineEdit(this)),
      m_directory(new QLineEdit(this)), m_choose(new QPushButton(tr("&Choose…"), this)), m_begin(new ChoiceBox(this)), m_restart(new ChoiceBox(this)),
      m_example(new QPlainTextEdit(this)), m_format(new FormatChooser), m_problem(new QLabel),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
{
    const bool isRun = kind == Kind::Run;
    setWindowTitle(isRun ? tr("Run a program") : tr("Follow files"));
    resize(720, 560);
    setMinimumSize(480, 400);
    m_what->setFont(Appearance::logFont());
    m_what->setMaxLength(10'000);
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setAccessibleName(tr("What is missing"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_buttons->button(QDialogButtonBox::Cancel)->setIcon({});
    m_buttons->addButton(isRun ? tr("&Run") : tr("&Follow"), QDialogButtonBox::AcceptRole);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    for (QWidget *widget : {static_cast<QWidget *>(m_directory), static_cast<QWidget *>(m_begin),
                            static_cast<QWidget *>(m_restart), static_cast<QWidget *>(m_example)})
        widget->hide();
    if (isRun)
        buildRun(*form);
    else
        buildFollow(*form);
    layout->addLayout(form);
    layout->addWidget(m_format, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    // Down the page, as one reads it.
    QWidget *last = m_what;
    for (QWidget *next : {static_cast<QWidget *>(m_directory), static_cast<QWidget *>(m_choose),
                          static_cast<QWidget *>(m_begin), static_cast<QWidget *>(m_restart),
                          static_cast<QWidget *>(m_example), static_cast<QWidget *>(m_format->formats())}) {
        setTabOrder(last, next);
        last = next;
    }

    connect(m_what, &QLineEdit::textChanged, this, &SourceDialog::update);
    connect(m_directory, &QLineEdit::textChanged, this, &SourceDialog::update);
    connect(m_format, &FormatChooser::changed, this, &SourceDialog::update);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &SourceDialog::startRequested);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_what->setFocus();
    update();
}

void SourceDialog::buildFollow(QFormLayout &form)
{
    m_what->setAccessibleName(tr("Files"));
    m_what->setPlaceholderText(QStringLiteral("/var/log/app/*.log"));
    m_what->setToolTip(tr("One file, or all that wildcards mean; those that appear later are followed too"));
    connect(m_choose, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Follow a file"), m_folder);
        if (!file.isEmpty())
            m_what->setText(QString::fromStdString(PathPattern::escaped(file.toStdString())));
    });
    m_begin->addItem(tr("At their end: what is written from now on"), QStringLiteral("end"));
    m_begin->addItem(tr("At their beginning: whole files"), QStringLiteral("start"));
    m_begin->setAccessibleName(tr("Where to begin"));
    m_begin->show();
    form.addRow(labelFor(tr("Fi&les"), m_what), withButton(m_what, m_choose));
    form.addRow(labelFor(tr("&Begin"), m_begin), m_begin);
}

void SourceDialog::buildRun(QFormLayout &form)
{
    m_what->setAccessibleName(tr("Command line"));
    m_what->setPlaceholderText(QStringLiteral("python3 -u app.py --port 8000"));
    m_what->setToolTip(tr("The program and its arguments; quotes hold words together, no shell reads them"));
    m_directory->setAccessibleName(tr("Working directory"));
    m_directory->setText(QDir::toNativeSeparators(m_folder));
    m_directory->show();
    connect(m_choose, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Working directory"), m_directory->text());
        if (!folder.isEmpty())
            m_directory->setText(QDir::toNativeSeparators(folder));
    });
    m_restart->addItem(tr("Leave it ended"), QStringLiteral("never"));
    m_restart->addItem(tr("Start it again after a failure"), QStringLiteral("onFailure"));
    m_restart->addItem(tr("Always start it again"), QStringLiteral("always"));
    m_restart->setAccessibleName(tr("When it ends"));
    m_restart->show();
    m_example->setObjectName(QStringLiteral("code"));
    m_example->setAccessibleName(tr("Lines to try the format on"));
    m_example->setPlaceholderText(tr("Paste some lines that it writes, to try the format on"));
    m_example->setFont(Appearance::logFont());
    m_example->setTabChangesFocus(true);
    m_example->setFixedHeight(64);
    m_example->show();
    form.addRow(labelFor(tr("Comm&and"), m_what), m_what);
    form.addRow(labelFor(tr("&Directory"), m_directory), withButton(m_directory, m_choose));
    form.addRow(labelFor(tr("When it &ends"), m_restart), m_restart);
    form.addRow(labelFor(tr("E&xample"), m_example), m_example);
    connect(m_example, &QPlainTextEdit::textChanged, this,
            [this] { m_format->setText(m_example->toPlainText().left(64 * 1024)); });
}

QPushButton *SourceDialog::startButton() const
{
    for (QAbstractButton *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return static_cast<QPushButton *>(button);
    }
    return nullptr;
}

QString SourceDialog::receiver() const
{
    return m_kind == Kind::Run ? QStringLiteral("ProgramReceiver") : QStringLiteral("FileReceiver");
}

QString SourceDialog::title() const
{
    if (m_kind == Kind::Run) {
        const QStringList words = QProcess::splitCommand(m_what->text());
        return words.isEmpty() ? QString() : QFileInfo(words.front()).fileName();
    }
    return QFileInfo(m_what->text()).fileName();
}

QJsonObject SourceDialog::params() const
{
    QJsonObject params;
    if (m_kind == Kind::Run) {
        const QStringList words = QProcess::splitCommand(m_what->text());
        params[QStringLiteral("program")] = words.value(0);
        params[QStringLiteral("arguments")] = QJsonArray::fromStringList(words.mid(1));
        params[QStringLiteral("directory")] = QDir::fromNativeSeparators(m_directory->text());
        params[QStringLiteral("restart")] = m_restart->currentData().toString();
    } else {
        const QString path = QDir::fromNativeSeparators(m_what->text().trimmed());
        params[QStringLiteral("paths")] = QJsonArray{QDir::isAbsolutePath(path) ? path : QDir(m_folder).filePath(path)};
        params[QStringLiteral("from")] = m_begin->currentData().toString();
    }
    const TextFormatChoice choice = m_format->choice();
    params[QStringLiteral("format")] = QString::fromStdString(choice.format);
    if (!choice.pattern.empty())
        params[QStringLiteral("pattern")] = QString::fromStdString(choice.pattern);
    if (!choice.timeFormat.empty())
        params[QStringLiteral("timeFormat")] = QString::fromStdString(choice.timeFormat);
    return params;
}

QString SourceDialog::problem() const
{
    const Problems problems = NodeRegistry::builtin().find(receiver().toStdString())->check(params(), "$");
    return problems.empty() ? QString() : QString::fromStdString(problems.front().text);
}

void SourceDialog::update()
{
    const bool isEmpty = m_what->text().trimmed().isEmpty();
    const QString wrong = isEmpty || !m_format->isValid() ? QString() : problem();
    m_problem->setText(wrong);
    m_problem->setVisible(!wrong.isEmpty());
    startButton()->setEnabled(!isEmpty && m_format->isValid() && wrong.isEmpty());
    startButton()->setDefault(true);
    if (m_kind == Kind::Run)
        return;
    const QString path = isEmpty ? QString() : params()[QStringLiteral("paths")].toArray().first().toString();
    if (path != m_shownPath) {
        m_shownPath = path;
        m_format->setFile(path);
    }
}

} // namespace sluice
