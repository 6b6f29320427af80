#include "inspector/TextMapEditor.h"

#include "chain/ProjectSecrets.h"
#include "inspector/SecretNote.h"
#include "look/Icons.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace sluice {

namespace {

void setIfOther(QLineEdit *line, const QString &text)
{
    if (line->text() != text)
        line->setText(text);
}

} // namespace

TextMapEditor::TextMapEditor(const ParamSpec &spec, QWidget *parent) : ParamEditor(spec, parent), m_grid(new QGridLayout), m_note(makeSecretNote(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(m_grid);
    layout->addWidget(m_note);
    m_grid->setHorizontalSpacing(4);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(0, 2);
    m_grid->setColumnStretch(1, 3);
    setRows(1);
    display();
}

QWidget *TextMapEditor::field() const { return m_rows.front().name; }

void TextMapEditor::setRows(std::size_t count)
{
    while (m_rows.size() > count) {
        for (QWidget *widget : {static_cast<QWidget *>(m_rows.back().name), static_cast<QWidget *>(m_rows.back().text),
                                static_cast<QWidget *>(m_rows.back().remove)}) {
            widget->hide();
            widget->deleteLater();
        }
        m_rows.pop_back();
    }
    while (m_rows.size() < count) {
        const int row = rows();
        Row added{new QLineEdit(this), new QLineEdit(this), new QToolButton(this), {}};
        const QString number = QString::number(row + 1);
        adopt(added.name, tr("name %1").arg(number));
        adopt(added.text, tr("text %1").arg(number));
        added.name->setMinimumWidth(40);
        added.text->setMinimumWidth(40);
        added.remove->setObjectName(QStringLiteral("flat"));
        added.remove->setIcon(themedIcon(QStringLiteral("close")));
        added.remove->setAccessibleName(tr("Remove row %1").arg(number));
        added.remove->setToolTip(tr("Remove this row"));
        m_grid->addWidget(added.name, row, 0);
        m_grid->addWidget(added.text, row, 1);
        m_grid->addWidget(added.remove, row, 2);
        m_rows.push_back(added);
        connect(added.name, &QLineEdit::textEdited, this, &TextMapEditor::rowEdited);
        connect(added.text, &QLineEdit::textEdited, this, [this, row] {
            m_rows[static_cast<std::size_t>(row)].kept.clear();
            rowEdited();
        });
        connect(added.remove, &QToolButton::clicked, this, [this, row] {
            m_rows[static_cast<std::size_t>(row)].kept.clear();
            name(row)->clear();
            text(row)->clear();
            rowEdited();
            display();
            Q_EMIT finished();
        });
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool isNext = i + 1 == m_rows.size();
        m_rows[i].name->setPlaceholderText(isNext ? isMixed() ? tr("different") : tr("name") : QString());
        m_rows[i].remove->setEnabled(!isNext);
        m_rows[i].remove->setVisible(true);
    }
    hideSecrets();
}

bool TextMapEditor::isSecret(const Row &row) const { return spec().isSecretEntry(row.name->text().toStdString()); }

QString TextMapEditor::textOf(const Row &row) const
{
    // Under another name it would be shown.
    return row.text->text().isEmpty() && isSecret(row) ? row.kept : row.text->text();
}

void TextMapEditor::hideSecrets()
{
    bool isAny = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row &row = m_rows[i];
        const bool isHidden = isSecret(row) && (isLiteralSecret(row.text->text()) || row.text->text().isEmpty());
        const QLineEdit::EchoMode mode = isHidden ? QLineEdit::Password : QLineEdit::Normal;
        if (row.text->echoMode() != mode)
            row.text->setEchoMode(mode);
        if (isSecret(row))
            row.text->setPlaceholderText(row.kept.isEmpty() ? tr("not set") : tr("kept, not shown"));
        else
            row.text->setPlaceholderText(i + 1 == m_rows.size() ? tr("text") : QString());
        isAny = isAny || isHidden;
    }
    m_note->setVisible(isAny);
}

void TextMapEditor::rowEdited()
{
    QJsonObject object;
    for (const Row &row : m_rows) {
        // A row that has no name yet is on its way.
        if (!row.name->text().isEmpty())
            object.insert(row.name->text(), textOf(row));
    }
    hideSecrets();
    edit(object.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(object));
    if (!m_rows.back().name->text().isEmpty() || !m_rows.back().text->text().isEmpty())
        setRows(m_rows.size() + 1);
}

void TextMapEditor::display()
{
    const QJsonObject object = isMixed() ? QJsonObject() : (value().isUndefined() ? spec().defaultValue : value()).toObject();
    setRows(static_cast<std::size_t>(object.size()) + 1);
    std::size_t row = 0;
    for (auto it = object.begin(); it != object.end(); ++it, ++row) {
        setIfOther(m_rows[row].name, it.key());
        const bool isHidden = isSecret(m_rows[row]) && isLiteralSecret(it.value());
        m_rows[row].kept = isHidden ? it.value().toString() : QString();
        setIfOther(m_rows[row].text, isHidden ? QString() : it.value().toVariant().toString());
    }
    m_rows.back().name->clear();
    m_rows.back().text->clear();
    m_rows.back().kept.clear();
    hideSecrets();
}

} // namespace sluice
