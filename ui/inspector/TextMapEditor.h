#pragma once

#include "inspector/ParamEditor.h"

#include <QJsonObject>

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace sluice {

/// Names and their texts in two columns, with an empty row below for the next one. A text that is a secret by its name is, once it was
/// typed, never shown again; where it is kept instead is no secret.
class TextMapEditor : public ParamEditor
{
    Q_OBJECT

public:
    TextMapEditor(const ParamSpec &spec, QWidget *parent);

    QWidget *field() const override;
    int rows() const { return static_cast<int>(m_rows.size()); }
    QLineEdit *name(int row) const { return m_rows[static_cast<std::size_t>(row)].name; }
    /// What becomes of secrets; hidden while there is none.
    QLabel *note() const { return m_note; }
    QLineEdit *text(int row) const { return m_rows[static_cast<std::size_t>(row)].text; }

protected:
    void display() override;

private:
    struct Row
    {
        QLineEdit *name;
        QLineEdit *text;
        QToolButton *remove;
        QString kept; ///< a secret, which its line does not show
    };

    void setRows(std::size_t count);
    void rowEdited();
    bool isSecret(const Row &row) const;
    QString textOf(const Row &row) const;
    void hideSecrets();

    QGridLayout *m_grid;
    QLabel *m_note;
    std::vector<Row> m_rows;
};

} // namespace sluice
