"""Threads that Spanish-speaking customers write in Spanish; internal notes stay in English."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="facturas-electronicas",
        product="Ledger",
        language="es",
        subjects=(
            "Facturas electrónicas rechazadas con $code",
            "La autoridad tributaria rechaza {nuestras|todas las} facturas",
        ),
        openings=(
            (
                "Desde {ayer|el lunes} la autoridad tributaria rechaza nuestras facturas electrónicas con el error "
                "$code. Tenemos $count facturas pendientes y {no podemos despachar|los clientes no nos pagan}."
            ),
            (
                "Después de actualizar a $version, las facturas se envían sin el complemento de pago y son "
                "rechazadas ($code). {Es urgente|Necesitamos una solución cuanto antes}."
            ),
        ),
        exchanges=(
            Exchange(
                "¿Podría enviarnos el XML de una factura rechazada y la respuesta completa? Puede ocultar los datos "
                "del cliente.",
                "Adjunto el XML y la respuesta. Todas tienen el mismo error en {el nodo de impuestos|el complemento}.",
            ),
            Exchange(
                Reply(
                    "Gracias. ",
                    "El esquema cambió el día primero. ¿Qué versión del paquete de localización está instalada?",
                ),
                "Es la {3.1|3.2}, la que venía con $version.",
            ),
        ),
        notes=(
            (
                "Schema changed on the first of the month; localisation below 3.4 lacks the new node. Known to the "
                "localisation team, package exists."
            ),
            "Package 3.4 sent by secure link. $colleague tests with the customer's XML: accepted.",
        ),
        updates=(
            (
                "El esquema oficial cambió y su paquete de localización aún no lo conoce. Estamos probando la "
                "versión 3.4 con su propio XML."
            ),
            (
                "La prueba fue aceptada por el validador oficial. Le enviamos el paquete 3.4 por el enlace seguro; "
                "la instalación toma unos $minutes minutos."
            ),
        ),
        fix='Por favor instale el paquete 3.4 en producción y use "Reenviar rechazadas". No hace falta volver a '
        "capturar ninguna factura.",
        confirm="Las $count facturas fueron aceptadas. {Muchas gracias por el apoyo|Mil gracias, nos salvaron el mes}.",
        cause="Localisation package older than the official schema.",
    ),
    Topic(
        key="tablero-sin-datos",
        product="Insight",
        language="es",
        subjects=(
            "El tablero de {ventas|inventario} aparece sin datos",
            "Tableros vacíos para {las sucursales|la región norte}",
        ),
        openings=(
            (
                "Desde esta mañana el tablero aparece vacío para $users usuarios de sucursales; en la central se ve "
                "{bien|completo}. {Nadie cambió los permisos|No hubo cambios de nuestra parte}."
            ),
            (
                "Las sucursales no ven datos en sus tableros desde la versión $version. Los gerentes {piden|exigen} "
                "sus cifras todos los días a las $window."
            ),
        ),
        exchanges=(
            Exchange(
                "¿Podría indicarnos un usuario que no ve datos y otro que sí, y enviar una captura de la regla de "
                "seguridad?",
                "Usuario de la sucursal 014 no ve nada; la central sí. La captura va adjunta.",
            ),
            Exchange(
                "La regla compara el código de sucursal como texto. ¿Los códigos llegan ahora sin los ceros a la "
                "izquierda?",
                "Exacto, llegan como 14. El sistema de origen cambió {el formato|el campo a número} la semana pasada.",
            ),
        ),
        notes=(
            (
                "Security rule compares '014' with '14'. Source changed the type; not our defect, but the trace "
                "should say so."
            ),
            "Gave the customer a rule that pads codes. $colleague suggests a warning for rules that match no row.",
        ),
        updates=(
            (
                "La regla de seguridad no encuentra la sucursal porque el código cambió de formato en el origen. "
                "Preparamos una regla que acepta ambos."
            ),
            "Adjuntamos la regla corregida. Pruébela con la sucursal 014 antes de activarla para todas.",
        ),
        fix="Active la regla corregida para todas las sucursales; los datos aparecen con la siguiente "
        "actualización, a las $window.",
        confirm="Todas las sucursales ven sus datos. {Pueden cerrar el caso|Gracias, caso resuelto}.",
        cause="Branch code changed from text to number in the source.",
    ),
)
