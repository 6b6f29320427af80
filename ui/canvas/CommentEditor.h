#pragma once

#include <QPlainTextEdit>

#include <string>

namespace sluice {

class ChainCanvas;

/// The field that lies over a comment while its words are written. Esc or a click elsewhere keeps what was written, as one
/// step. For the UI thread.
class CommentEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CommentEditor(ChainCanvas &canvas);

    void open(const std::string &id);
    /// Over its comment, as the canvas shows it now.
    void place();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish();

    ChainCanvas &m_canvas;
    std::string m_id; ///< empty while nothing is written
};

} // namespace sluice
