#pragma once

#include "inspector/TextEditor.h"

#include <map>

class QLabel;

namespace sluice {

/// A text that holds secrets by their names (chain/KeptSecrets.h): dots stand for each that was there, or was typed once, and what is
/// edited around them leaves them as they are. A reference is no secret.
class KeptTextEditor : public TextEditor
{
    Q_OBJECT

public:
    KeptTextEditor(const ParamSpec &spec, QWidget *parent);

    /// What becomes of secrets; hidden while there is none.
    QLabel *note() const { return m_note; }

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;
    void display() override;

private:
    QString withDots(const QString &text) const;

    /// What dots stand for: as long as it lives, since a text that is being edited may be none for a while.
    mutable std::map<QString, QString> m_hidden;
    QLabel *m_note;
};

} // namespace sluice
