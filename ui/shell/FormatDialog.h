#pragma once

#include <QDialog>

namespace sluice {

class Document;
class FormatChooser;

/// Asks by which format a log that is open is to be read, and shows what each would make of it.
class FormatDialog : public QDialog
{
    Q_OBJECT

public:
    FormatDialog(const Document *document, QWidget *parent);

    FormatChooser *format() const { return m_format; }

private:
    FormatChooser *m_format;
};

} // namespace sluice
