#include "inspector/KeptTextEditor.h"

#include "chain/KeptSecrets.h"
#include "chain/ProjectSecrets.h"
#include "inspector/SecretNote.h"

#include <QBoxLayout>
#include <QLabel>

#include <algorithm>

namespace sluice {

KeptTextEditor::KeptTextEditor(const ParamSpec &spec, QWidget *parent) : TextEditor(spec, parent), m_note(makeSecretNote(this))
{
    row()->setDirection(QBoxLayout::TopToBottom);
    row()->setSpacing(4);
    row()->addWidget(m_note);
    display();
}

QString KeptTextEditor::withDots(const QString &text) const
{
    return visitKeptSecrets(text, {}, [this](const std::vector<std::string> &, const QString &secret) -> std::optional<QString> {
        if (!isLiteralSecret(secret) || m_hidden.contains(secret))
            return std::nullopt;
        const auto known = std::ranges::find_if(m_hidden, [&](const auto &hidden) { return hidden.second == secret; });
        if (known != m_hidden.end())
            return known->first;
        constexpr int dots = 8;
        const QString shown = QString(dots, QChar(0x2022)) + (m_hidden.empty() ? QString() : QString::number(m_hidden.size() + 1));
        m_hidden.emplace(shown, secret);
        return shown;
    });
}

QString KeptTextEditor::print(const QJsonValue &value) const { return withDots(TextEditor::print(value)); }

QJsonValue KeptTextEditor::parse(const QString &text) const
{
    return visitKeptSecrets(TextEditor::parse(text).toString(), {}, [this](const std::vector<std::string> &, const QString &secret) -> std::optional<QString> {
        const auto hidden = m_hidden.find(secret);
        return hidden == m_hidden.end() ? std::nullopt : std::optional(hidden->second);
    });
}

void KeptTextEditor::display()
{
    TextEditor::display();
    bool isAny = false;
    if (!isMixed() && value().isString())
        visitKeptSecrets(value().toString(), {}, [&](const std::vector<std::string> &, const QString &secret) -> std::optional<QString> {
            isAny = isAny || isLiteralSecret(secret);
            return std::nullopt;
        });
    m_note->setVisible(isAny);
}

} // namespace sluice
