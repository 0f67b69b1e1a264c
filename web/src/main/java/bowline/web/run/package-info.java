/// `bowline web`: the web's services on the command line.
///
/// Start at [WebServiceMaker].
///
/// May know: everything in the web module. Must not know: the command line's parser.
@NullMarked
package bowline.web.run;

import org.jspecify.annotations.NullMarked;
