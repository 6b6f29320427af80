#pragma once

#include "inspector/ParamEditor.h"

class QHBoxLayout;
class QLineEdit;
class QMenu;

namespace sluice {

/// A value in one line. The default stands in it in grey while nothing is set, and clearing the line sets nothing. Alt+Down,
/// or the arrow in it, offers usual values.
class LineEditor : public ParamEditor
{
    Q_OBJECT

public:
    QWidget *field() const override;
    QLineEdit *line() const { return m_line; }
    /// Null if there is nothing to offer.
    QMenu *menu() const { return m_menu; }

protected:
    LineEditor(const ParamSpec &spec, QWidget *parent);

    /// What a text that is not empty says.
    virtual QJsonValue parse(const QString &text) const = 0;
    /// A value that is neither undefined nor null, as text.
    virtual QString print(const QJsonValue &value) const = 0;

    void display() override;
    /// Offers a value; once for each.
    void offer(const QString &title, const QJsonValue &value);
    void offerSeparator();
    /// Beside the line.
    QHBoxLayout *row() const { return m_row; }
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void take(const QJsonValue &value);
    void openMenu();

    QHBoxLayout *m_row;
    QLineEdit *m_line;
    QMenu *m_menu = nullptr;
};

} // namespace sluice
